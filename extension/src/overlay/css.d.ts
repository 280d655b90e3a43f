declare module "*.css" {
  /** The style sheet as text; the build takes it in. */
  const styles: string;
  export default styles;
}
