"""What fills the archive: where coverage comes from, in the forms that its keepers give it."""
