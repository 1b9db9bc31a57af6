// The command line of engine/README.md without the word java: java reads the rest from a file.
def lines = new File(readme).readLines().findAll { it.startsWith('java ') && it.contains(' -p ') }
assert lines.size() == 1
new File(basedir, 'arguments').text = lines[0] - 'java '
return true
