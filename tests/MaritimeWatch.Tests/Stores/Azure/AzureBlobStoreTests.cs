using MaritimeWatch.Log;
using MaritimeWatch.Stores.Azure;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Stores.Azure;

[TestFixture]
internal sealed class AzureBlobStoreTests : BlobStoreContract
{
    protected override async Task<IBlobStore> MakeAsync()
    {
        var settings = new AzureStoreSettings
        {
            BlobConnection = AzuriteSetup.ConnectionString,
            Container = AzuriteSetup.NewName(),
        };
        return (await AzureStore.OpenAsync(settings, TimeProvider.System)).Blobs;
    }
}
