// The line of engine/README.md, letter for letter, without the name of the command: java reads it from a file.
def lines = new File(readme).readLines().findAll { it.startsWith('java ') && it.contains(' -p ') }
assert lines.size() == 1
new File(basedir, 'arguments').text = lines[0] - 'java '
return true
