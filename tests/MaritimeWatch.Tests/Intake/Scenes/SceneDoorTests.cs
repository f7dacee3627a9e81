using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using MaritimeWatch.Tests.Rasters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Intake.Scenes;

/// <summary>What <c>POST /scenes</c> answers, and what it lands and queues.</summary>
[TestFixture]
public sealed class SceneDoorTests
{
    private const long BodyBytesMax = 200_000;

    private readonly List<LandedNote> queued = [];
    private MemoryStore store = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task Open()
    {
        SceneFiles.RequireGdal();
        queued.Clear();
        store = new MemoryStore();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        new SceneDoor(new Landing(store), QueueAsync, new ManualTime(), BodyBytesMax).Map(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        client = new HttpClient { BaseAddress = new Uri(address) };

        Task QueueAsync(LandedNote note, CancellationToken cancel)
        {
            queued.Add(note);
            return Task.CompletedTask;
        }
    }

    [TearDown]
    public async Task Close()
    {
        client?.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    [Test]
    public async Task A_scene_is_landed_and_queued_with_what_was_said_of_it()
    {
        var bytes = SceneFiles.Sea(100, 100, 1);
        using var answer = await PostAsync(bytes, "/scenes?at=2025-03-01T05:41:00Z&sensor=sar&name=../a b.tif&source=esa");
        var note = queued.Single();
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(note.Door, Is.EqualTo("scenes"));
            Assert.That(note.Source, Is.EqualTo("esa"));
            Assert.That(note.FileName, Is.EqualTo(".._a_b.tif"));
            Assert.That(note.Facts, Is.EqualTo(new SortedDictionary<string, string> { ["at"] = "2025-03-01T05:41:00Z", ["sensor"] = "sar" }));
        });
        var landed = await store.GetAsync(note.Landed, default);
        Assert.That(landed!.Value.Bytes.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_stac_item_says_what_the_request_does_not()
    {
        const string Item = """{"type":"Feature","properties":{"datetime":"2025-03-01T05:41:00Z","constellation":"sentinel-1","simulated":true}}""";
        using var answer = await PostAsync(SceneFiles.Sea(20, 20, 1), "/scenes", Convert.ToBase64String(Encoding.UTF8.GetBytes(Item)));
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That(queued.Single().Facts["sensor"], Is.EqualTo("sar"));
            Assert.That(queued.Single().IsSimulated);
        });
    }

    [TestCase("", HttpStatusCode.BadRequest, "empty")]
    [TestCase("<VRTDataset/>", HttpStatusCode.BadRequest, "no TIFF")]
    public async Task What_is_no_tiff_is_refused_and_queues_nothing(string body, HttpStatusCode status, string text)
    {
        using var answer = await PostAsync(Encoding.UTF8.GetBytes(body), "/scenes?at=2025-03-01T05:41:00Z");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(status));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(text));
            Assert.That(queued, Is.Empty);
        });
    }

    [Test]
    public async Task A_body_over_the_bound_is_refused_whether_it_says_its_length_or_not([Values] bool saysLength)
    {
        using var content = new StreamContent(new MemoryStream(new byte[BodyBytesMax + 1]));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/tiff");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/scenes") { Content = content };
        request.Headers.TransferEncodingChunked = !saysLength;
        using var answer = await client.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [TestCase("/scenes?at=someday", "at is")]
    [TestCase("/scenes?sensor=camera", "sensor is")]
    [TestCase("/scenes?band=0", "band is")]
    [TestCase("/scenes?bands=B02,purple", "purple")]
    [TestCase("/scenes?source=..%2F..", "source name")]
    public async Task A_wrong_parameter_is_refused_by_name(string address, string text)
    {
        using var answer = await PostAsync(SceneFiles.Sea(20, 20, 1), address);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(text));
        });
    }

    [TestCase(11, HttpStatusCode.BadRequest)]
    [TestCase(9, HttpStatusCode.Accepted)]
    public async Task A_scene_from_the_future_is_refused_and_a_clock_that_is_a_little_fast_is_not(int minutes, HttpStatusCode status)
    {
        var at = new ManualTime().GetUtcNow().AddMinutes(minutes).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        using var answer = await PostAsync(SceneFiles.Sea(20, 20, 1), $"/scenes?at={at}");
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        if (status == HttpStatusCode.BadRequest)
        {
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("after it came"));
            Assert.That(queued, Is.Empty);
        }
    }

    [Test]
    public async Task Bands_go_along_with_the_scene()
    {
        using var answer = await PostAsync(SceneFiles.Sea(20, 20, 1), "/scenes?sensor=sentinel-2&bands=nir,b4");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(queued.Single().Facts, Is.EqualTo(new SortedDictionary<string, string> { ["sensor"] = "sentinel-2", ["bands"] = "B08,B04" }));
    }

    [TestCase("text/html")]
    [TestCase("application/xml")]
    public async Task Another_type_is_refused(string type)
    {
        using var answer = await PostAsync(SceneFiles.Sea(20, 20, 1), "/scenes", type: type);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [TestCase("!!!")]
    [TestCase("e30=")]
    public async Task A_stac_item_that_is_none_is_refused(string item)
    {
        using var answer = await PostAsync(SceneFiles.Sea(20, 20, 1), "/scenes", item);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] bytes, string address, string? stac = null, string type = "image/tiff")
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        if (stac is not null)
        {
            request.Headers.Add("X-Stac-Item", stac);
        }

        return await client.SendAsync(request);
    }
}
