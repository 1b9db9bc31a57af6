// The command line of engine/README.md without the word java: java reads the rest from a file.
def lines = new File(readme).readLines().findAll { it.startsWith('java ') && it.contains(' -cp ') }
assert lines.size() == 1
def flag = '--add-modules jdk.incubator.vector '
assert lines[0].contains(flag)
new File(basedir, 'arguments').text = lines[0] - 'java '
new File(basedir, 'arguments-without-the-flag').text = lines[0] - 'java ' - flag
return true
