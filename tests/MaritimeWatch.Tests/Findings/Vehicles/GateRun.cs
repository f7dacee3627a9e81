using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using MaritimeWatch.Findings.Vehicles;
using MaritimeWatch.Intake.Anpr;
using MaritimeWatch.Log;
using MaritimeWatch.Reference.Cameras;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.Vehicles;

/// <summary>Folds reads into a gate as its worker would, and keeps what it says.</summary>
internal sealed class GateRun : IFoldOutput
{
    public static readonly PlateTokens Tokens = new(Enumerable.Repeat((byte)3, 32).ToArray());

    private readonly CameraNetwork network;
    private readonly bool restores;
    private readonly StringBuilder all = new();
    private GateFold fold;
    private List<byte[]> saved = [];
    private long entry;
    private (GateFold Fold, int At)? other;

    /// <summary>A gate with a network.</summary>
    /// <param name="network">The cameras.</param>
    /// <param name="restores">Save and restore into another fold after every entry: first a snapshot, then deltas.</param>
    public GateRun(CameraNetwork network, bool restores = false)
    {
        (this.network, this.restores) = (network, restores);
        fold = New();
        Fold(EntryKind.Reference, Encoding.UTF8.GetBytes($$"""{"kind":"cameras","version":{{network.Version}},"hash":"x"}"""));
    }

    /// <summary>Lines of a collection, in order.</summary>
    public Dictionary<string, List<JsonNode>> Lines { get; } = [];

    /// <summary>Everything that was said, byte for byte.</summary>
    public string All => all.ToString();

    public List<JsonNode> Findings => Lines.GetValueOrDefault("findings") ?? [];

    public List<JsonNode> Journeys => Lines.GetValueOrDefault("journeys") ?? [];

    /// <summary>The latest revision of each finding of a kind that is not retracted.</summary>
    public List<JsonNode> Standing(string kind) =>
    [
        .. Findings.GroupBy(line => (string)line["id"]!).Select(group => group.Last()["properties"]!)
            .Where(finding => (string)finding["kind"]! == kind && (string)finding["state"]! != "retracted"),
    ];

    public static TokenRead Read(long atMs, string camera, string plate, int? confidence = 950, bool isSimulated = true)
    {
        Assert.That(Plate.TryParse(plate, out var parsed), Is.True, plate);
        var tokens = Tokens.Of(parsed);
        return new TokenRead(atMs, atMs, camera, tokens.Exact, tokens.Written, tokens.Deletions, null, confidence, null, null, isSimulated, atMs % 1000, 80);
    }

    public static string TokenOf(string plate) => Plate.TryParse(plate, out var parsed) ? Tokens.Of(parsed).Exact : throw new ArgumentException(plate);

    public void Add(params TokenRead[] reads) => AddAs($"content-{entry}", reads);

    public void AddAs(string content, params TokenRead[] reads) =>
        Fold(EntryKind.Batch, new TokenBatch("landing/plates/2026-11-22/aa", "aa", "test", content, 0, reads).ToBytes());

    public void Tick(long atMs) => Fold(EntryKind.Tick, Encoding.UTF8.GetBytes($$"""{"at":"{{Instants.ToText(atMs)}}"}"""));

    public JsonNode Counts()
    {
        fold.Publish(this);
        return Lines["counts"][^1]["properties"]!;
    }

    void IFoldOutput.WriteLine(string collection, ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        all.Append(collection).Append(' ').Append(text).Append('\n');
        if (!Lines.TryGetValue(collection, out var lines))
        {
            Lines.Add(collection, lines = []);
        }

        lines.Add(JsonNode.Parse(text)!);
    }

    private void Fold(EntryKind kind, byte[] body)
    {
        entry++;
        var step = fold.FoldAsync(new InboxEntry(entry, kind, body), 0, int.MaxValue, this, default).AsTask().Result;
        Assert.That(step.IsDone, Is.True);
        if (!restores)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        if (entry % 7 == 1)
        {
            fold.SaveSnapshot(buffer);
            saved = [buffer.WrittenSpan.ToArray()];
        }
        else
        {
            fold.SaveDelta(buffer);
            saved.Add(buffer.WrittenSpan.ToArray());
        }

        if (entry % 7 == 2)
        {
            other = (fold, saved.Count);
        }
        else if (entry % 7 == 5 && other is { } waiting)
        {
            // A worker that had folded before and stood still: it takes the deltas that came since.
            fold = waiting.Fold;
            foreach (var delta in saved.Skip(waiting.At))
            {
                fold.RestoreDelta(delta);
            }

            return;
        }

        fold = New();
        fold.RestoreSnapshot(saved[0]);
        foreach (var delta in saved.Skip(1))
        {
            fold.RestoreDelta(delta);
        }
    }

    private GateFold New()
    {
        var made = new GateFold(new Source(network));
        made.Reset();
        return made;
    }

    private sealed class Source(CameraNetwork network) : ICameraSource
    {
        public ValueTask<CameraNetwork> LoadAsync(int version, CancellationToken cancel)
        {
            Assert.That(version, Is.EqualTo(network.Version));
            return new(network);
        }
    }
}
