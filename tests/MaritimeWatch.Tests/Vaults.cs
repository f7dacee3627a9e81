using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Tests;

/// <summary>A vault for stores in memory: its key is known and its chance is seeded.</summary>
internal static class Vaults
{
    public static IVault ForTests => new LocalVault(new byte[LocalVault.MasterKeyBytes], BytesOf(new Random(7)));

    private static Func<int, byte[]> BytesOf(Random random) => count =>
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    };
}
