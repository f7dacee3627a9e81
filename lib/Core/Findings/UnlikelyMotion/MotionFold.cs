using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Findings.UnlikelyMotion;

/// <summary>
/// The stage <c>motion</c>: lines of <c>ways</c> in, findings of kind <c>unlikely-motion</c> out. The places of an
/// entry are put to the model together. Without a model, and in waters whose traffic it has not learned, nothing is said.
/// </summary>
public sealed class MotionFold : IFold
{
    /// <summary>Most ships that are held; further ones are counted and left out.</summary>
    internal const int VesselsMax = 400_000;

    private const byte FormatNow = 1;

    // Groups of ships are folded apart and one may lag behind the others: only a ship's own next place tells at once that
    // it was silent, and what is forgotten here was of no use to a window long before.
    private const long LagMs = 6 * 3_600_000;
    private const long ForgetMs = 24 * 3_600_000;

    private readonly Lazy<LearnedMotion?> _learned;
    private readonly UnlikelyMotionThresholds? _thresholds;
    private readonly StageFindings _findings;
    private MotionJudge? _judge;
    private readonly SortedDictionary<string, VesselWay> _ways = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _changed = new(StringComparer.Ordinal);
    private readonly MotionBatch _batch = new();
    private NewsPlace _heard = NewsPlace.None;
    private long _nowMs = long.MinValue;
    private (long Rows, long Late, long Refused, long LeftOut, long Judged) _counts;
    private (long, long, long, long, long) _shown;

    /// <summary>A fold in the state before entry 1.</summary>
    /// <param name="learned">The model, loaded when the first way comes; its value is null where there is none.</param>
    /// <param name="profile">Name of the profile that judges; default <c>default</c>.</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public MotionFold(Lazy<LearnedMotion?> learned, string profile = "default")
    {
        (_learned, _thresholds) = (learned, Profiles.ByName(profile).UnlikelyMotion);
        _findings = new StageFindings(StageNames.Motion, profile);
    }

    // Loading a model takes a while, and many stores never see a ship on its way.
    private MotionJudge? Judge => _judge ??= _thresholds is not null && _learned.Value is { } learned
        ? new MotionJudge(_thresholds, learned, _findings)
        : null;

    /// <summary>Ships that are remembered.</summary>
    public int VesselCount => _ways.Count;

    /// <inheritdoc/>
    public void Reset()
    {
        _findings.Clear();
        _ways.Clear();
        _changed.Clear();
        (_heard, _nowMs, _counts, _shown) = (NewsPlace.None, long.MinValue, default, default);
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
        Reset();
        RestoreDelta(snapshot);
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta)
    {
        try
        {
            Restore(delta);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the state of {StageNames.Motion} is damaged: {fault.Message}", fault);
        }
    }

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) => Save(target, [.. _ways.Keys]);

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target) => Save(target, [.. _changed]);

    /// <inheritdoc/>
    public ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(output);
        switch (entry.Kind)
        {
            case EntryKind.News:
                FoldNews(NewsEntry.Parse(entry.Body), entry.Number, output);
                break;
            case EntryKind.Tick:
                MoveTo(TickEntry.AtMs(entry.Body.Span), new StagePlace(StageNames.Motion, entry.Number, 0, 0), output);
                break;
            default: // Nothing else concerns ways.
                break;
        }

        return new(FoldStep.EntryDone);
    }

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_counts != _shown)
        {
            _shown = _counts;
            output.WriteLine("counts", Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":"{{StageNames.Motion}}","rows":{{_counts.Rows}},"rows_late":{{_counts.Late}},"rows_refused":{{_counts.Refused}},"left_out":{{_counts.LeftOut}},"judged":{{_counts.Judged}},"vessels":{{_ways.Count}},"has_model":{{(_judge is null ? "false" : "true")}}}""")));
        }
    }

    private void FoldNews(NewsEntry news, long entry, IFoldOutput output)
    {
        if (!news.Place.IsAfter(_heard))
        {
            return;
        }

        _heard = news.Place;
        var (asked, subjects) = (new List<Asked>(), new HashSet<string>(StringComparer.Ordinal));
        _batch.Clear();
        for (var record = 0; record < news.Rows.Count; record++)
        {
            _counts.Rows++;
            if (WayRow.Read(news.Rows[record].Line) is not { } row || row.AtMs % GridTimes.StepMs != 0 || row.AtMs > row.KnownAtMs)
            {
                _counts.Refused++;
                continue;
            }

            // A ship's second place waits until its first is judged, so that nothing is judged by what came later.
            if (!subjects.Add(row.Subject))
            {
                JudgeAll(asked, entry, output);
                subjects.Clear();
                subjects.Add(row.Subject);
            }

            Take(row, record, asked);
        }

        JudgeAll(asked, entry, output);
    }

    private void JudgeAll(List<Asked> asked, long entry, IFoldOutput output)
    {
        var forecasts = Judge is null ? null : _learned.Value!.Model.Forecast(_batch);
        foreach (var one in asked)
        {
            var place = new StagePlace(StageNames.Motion, entry, one.Record, 0);
            MoveTo(one.Row.KnownAtMs, in place, output);
            _changed.Add(one.Way.Subject);
            if (forecasts is not null && _ways.ContainsKey(one.Way.Subject))
            {
                _counts.Judged += Array.Exists(one.Rows, static row => row >= 0) ? 1 : 0;
                Judge!.OnMoment(one.Way, one.Rows, forecasts, one.Row.Where, one.Row.AtMs, in place, output);
            }
        }

        asked.Clear();
        _batch.Clear();
    }

    private void Take(WayRow row, int record, List<Asked> asked)
    {
        if (!_ways.TryGetValue(row.Subject, out var way))
        {
            if (_ways.Count >= VesselsMax)
            {
                _counts.LeftOut++;
                return;
            }

            _ways.Add(row.Subject, way = new VesselWay(row.Subject));
        }

        if (row.AtMs <= way.LastAtMs)
        {
            _counts.Late++;
            return;
        }

        var steps = Judge is null ? [] : _learned.Value!.Model.Score.HorizonSteps;
        way.Sail(row, MotionSteps.Count + 1 + (steps.Count == 0 ? 0 : steps.Max()));

        // Elsewhere the model knows motion alone, and how often a score is reached there was never measured.
        var isKnown = Judge is not null && _learned.Value!.Knows(row.Where);
        asked.Add(new Asked(way, row, record, [.. steps.Select(step => isKnown ? way.Ask(step, _batch) : -1)]));
    }

    // Ships that were not heard for long: what is said of them is over, later they are forgotten. Looked at each ten minutes.
    private void MoveTo(long nowMs, in StagePlace place, IFoldOutput output)
    {
        if (nowMs <= _nowMs)
        {
            return;
        }

        var isNext = _nowMs == long.MinValue || GridTimes.LiesBetween(_nowMs, nowMs);
        _nowMs = nowMs;
        if (!isNext)
        {
            return;
        }

        List<string>? gone = null;
        foreach (var way in _ways.Values)
        {
            if (way.Said is not null && Judge is { } judge && way.LastAtMs + _thresholds!.SilenceMs + LagMs <= nowMs)
            {
                judge.Close(way, way.LastAtMs, in place, output);
                _changed.Add(way.Subject);
            }

            if (way.LastAtMs + ForgetMs <= nowMs)
            {
                (gone ??= []).Add(way.Subject);
            }
        }

        foreach (var subject in gone ?? [])
        {
            _ways.Remove(subject);
            _changed.Add(subject);
        }
    }

    private void Save(IBufferWriter<byte> target, IReadOnlyList<string> subjects)
    {
        var writer = new StateWriter(target);
        writer.Byte(FormatNow);
        writer.Int64(_heard.Plan);
        writer.Int32(_heard.Part);
        writer.Int64(_nowMs);
        writer.Int64(_counts.Rows);
        writer.Int64(_counts.Late);
        writer.Int64(_counts.Refused);
        writer.Int64(_counts.LeftOut);
        writer.Int64(_counts.Judged);
        var said = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(said))
        {
            _findings.Save(json);
        }

        writer.Bytes(said.WrittenSpan);
        writer.Int32(subjects.Count);
        foreach (var subject in subjects)
        {
            var isThere = _ways.TryGetValue(subject, out var way);
            writer.Flag(isThere);
            if (isThere)
            {
                way!.Save(writer);
            }
            else
            {
                writer.Text(subject);
            }
        }

        _changed.Clear();
    }

    private void Restore(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        OlderFormatException.Check($"the state of {StageNames.Motion}", reader.Byte(), FormatNow);
        _heard = new NewsPlace(reader.Int64(), reader.Int32());
        _nowMs = reader.Int64();
        _counts = (reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64());
        var json = new Utf8JsonReader(reader.Bytes());
        _findings.Restore(JsonElement.ParseValue(ref json));
        for (var left = reader.Count(2); left > 0; left--)
        {
            if (reader.Flag())
            {
                var way = VesselWay.Restore(ref reader);
                _ways[way.Subject] = way;
            }
            else
            {
                _ways.Remove(reader.Text());
            }
        }

        _changed.Clear();
    }

    private readonly record struct Asked(VesselWay Way, WayRow Row, int Record, int[] Rows);
}
