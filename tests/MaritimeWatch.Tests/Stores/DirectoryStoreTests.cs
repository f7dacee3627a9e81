using MaritimeWatch.Log;
using MaritimeWatch.Stores;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Stores;

[TestFixture]
internal sealed class DirectoryStoreTests : BlobStoreContract
{
    private DirectoryInfo folder = null!;

    protected override IBlobStore Make()
    {
        folder = Directory.CreateTempSubdirectory("maritimewatch-");
        return DirectoryStore.Open(folder.FullName);
    }

    [TearDown]
    public void DeleteFolder() => folder.Delete(recursive: true);
}
