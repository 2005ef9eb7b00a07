// Prints the names of the variables that an action sees.
process.stdout.write(JSON.stringify(Object.keys(process.env)));
