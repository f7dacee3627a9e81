using System.IO.Hashing;
using System.Runtime.CompilerServices;

// Azure.Storage asks for another version of System.IO.Hashing than the SDK has, so that the build of a program does not
// find the file by itself. A reference of our own has the right version, and the file then goes wherever this assembly goes.
[assembly: TypeForwardedTo(typeof(Crc64))]
