/** Validation of names of environment variables. */
export const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/
export const ENV_NAME_HELP =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')"
