"""Engines that keep prior coverage, one `Archive` each: `memory` is the reference, `local` is for keeps."""
