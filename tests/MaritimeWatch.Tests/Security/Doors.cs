using System.Net;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Intake.Doors;
using MaritimeWatch.Tests.Log.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Security;

/// <summary>All doors over a store in memory, called without a network: a test decides when which byte of a body comes.</summary>
internal sealed class Doors : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly RequestDelegate answer;

    public Doors(int bodyBytesMax = 1 << 20)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        Task Queue(LandedNote note, CancellationToken cancel)
        {
            Notes.Add(LandedNote.Parse(note.ToBytes()));
            return Task.CompletedTask;
        }

        app.UseRouting();
        new AisDoor(Ais, new SourceBoard(Time), Time, bodyBytesMax).Map(app);
        new PlateDoor(Sealed.Store, Sealed.Keys, Queue, Time, new PlateDoorOptions { BodyBytesMax = bodyBytesMax }).Map(app);
        new ManifestDoor(Sealed.Store, Sealed.Keys, Queue, Time, new DeclaredDoorOptions { BodyBytesMax = bodyBytesMax }).Map(app);
        new NoticeDoor(Sealed.Store, Sealed.Keys, Queue, Time, new DeclaredDoorOptions { BodyBytesMax = bodyBytesMax }).Map(app);
        new SceneDoor(new Landing(Sealed.Store), Queue, Time, bodyBytesMax).Map(app);
        app.UseEndpoints(_ => { });
        answer = ((IApplicationBuilder)app).Build();
    }

    public static IReadOnlyList<string> Paths { get; } = ["/ais", "/plates", "/manifests", "/notices", "/scenes"];

    public FakeTime Time { get; } = new();

    public MemoryIntake Ais { get; } = new();

    public SealedWorld Sealed { get; } = new();

    public List<LandedNote> Notes { get; } = [];

    /// <summary>Posts a body; what an unhandled exception of ours would be goes through to the test.</summary>
    public async Task<DoorAnswer> PostAsync(string path, Stream body, string? type = null, params (string Name, string Value)[] headers)
    {
        using var output = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = app.Services };
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        var (bare, query) = path.Split('?', 2) is [var p, var q] ? (p, "?" + q) : (path, "");
        (context.Request.Method, context.Request.Path, context.Request.QueryString, context.Request.Scheme) = ("POST", bare, new QueryString(query), "http");
        context.Request.Host = new HostString("localhost");
        context.Request.ContentType = type;
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        (context.Request.Body, context.Response.Body) = (body, output);
        var before = GC.GetTotalAllocatedBytes();
        await answer(context);
        return new DoorAnswer(
            context.Response.StatusCode, context.Response.ContentType, Encoding.UTF8.GetString(output.ToArray()),
            context.Response.Headers.Connection.ToString(), GC.GetTotalAllocatedBytes() - before);
    }

    public Task<DoorAnswer> PostAsync(string path, byte[] body, string? type = null, params (string Name, string Value)[] headers) =>
        PostAsync(path, new MemoryStream(body, writable: false), type, headers);

    /// <summary>Decodes everything that was queued, as the stages do.</summary>
    public async Task DecodeAsync()
    {
        ILandedDecoder[] decoders =
        [
            new PlateDecoder(Sealed.Store, Sealed.Keys, Time), new ManifestDecoder(Sealed.Store, Sealed.Keys, Time), new NoticeDecoder(Sealed.Store, Sealed.Keys, Time),
        ];
        foreach (var note in Notes)
        {
            if (decoders.FirstOrDefault(decoder => decoder.Door == note.Door) is { } decoder)
            {
                await decoder.DecodeAsync(note, default);
            }
        }

        Notes.Clear();
    }

    public async Task<int> CountAsync(string prefix)
    {
        var count = 0;
        await foreach (var entry in Sealed.Store.ListAsync(prefix, default))
        {
            count++;
        }

        return count;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}

/// <summary>What a door said, and what it cost this thread.</summary>
internal sealed record DoorAnswer(int Status, string? Type, string Body, string Connection, long Allocated);

/// <summary>A sender that drips: it gives what it has, then nothing more comes until it is told to.</summary>
internal sealed class SlowBody(byte[] first) : MemoryStream(first, writable: false)
{
    private readonly TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the door waits for more.</summary>
    public Task Waits => waits.Task;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (await base.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            return read;
        }

        waits.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }
}

/// <summary>A sender that is cut off in the middle.</summary>
internal sealed class CutBody(byte[] first) : MemoryStream(first, writable: false)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new BadHttpRequestException("Unexpected end of request content.");
}
