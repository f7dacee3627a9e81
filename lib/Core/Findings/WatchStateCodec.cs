using System.Buffers;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>Snapshots and deltas of a fold's state.</summary>
internal static class WatchStateCodec
{
    private const uint Magic = 0x5357574D; // "MWWS"
    private const uint FormatNow = 7;

    /// <summary>The first format that knows the lanes of other ships; the one before lacks only that, and is read too.</summary>
    public const uint FormatWithTrafficLanes = 7;

    public static void Save(WatchState state, IBufferWriter<byte> target, bool whole)
    {
        var writer = new StateWriter(target);
        writer.UInt32(Magic);
        writer.UInt32(FormatNow);
        writer.Flag(whole);
        writer.Text(string.Join(',', state.Options.Profiles));
        writer.Int64(state.NextBeatMs);
        writer.Int64(state.FirstDueMs);
        state.Clock.Save(writer);
        state.Counts.Save(writer);
        state.Reference.Save(writer);
        state.Landings.Save(writer, whole);
        state.Sources.Save(writer);
        state.Clocks.Save(writer);
        state.Places.Save(writer, whole);
        state.Seen.Save(writer, whole);
        state.Coverage.Save(writer, whole);
        state.Table.SaveHeader(writer);
        IReadOnlyList<int> slots = whole ? [.. Enumerable.Range(0, state.Table.Count)] : state.Changed.SinceDelta;
        writer.Int32(slots.Count);
        foreach (var slot in slots)
        {
            writer.Int32(slot);
            state.Codec.Save(writer, slot, whole);
            state.Book.Save(writer, slot);
            state.Routes.Save(writer, slot, whole);
            state.Statics.Save(writer, slot, whole);
            state.Jumps.Save(writer, slot);
            state.Motions.Save(writer, slot);
        }

        state.Changed.ClearDelta();
    }

    public static void Restore(WatchState state, ReadOnlySpan<byte> bytes, bool whole)
    {
        var reader = new StateReader(bytes);
        if (reader.UInt32() != Magic)
        {
            throw new InvalidDataException("these bytes are no state of a watch");
        }

        reader.Format = reader.UInt32();
        if (reader.Format != FormatWithTrafficLanes - 1)
        {
            OlderFormatException.Check("the state of the watch", reader.Format, FormatNow);
        }

        if (reader.Flag() != whole)
        {
            throw new InvalidDataException(whole ? "a delta was given for a snapshot" : "a snapshot was given for a delta");
        }

        var profiles = reader.Text();
        if (profiles != string.Join(',', state.Options.Profiles))
        {
            throw new InvalidDataException($"the state was made with the profiles {profiles}: go on with the same ones");
        }

        state.NextBeatMs = reader.Int64();
        state.FirstDueMs = reader.Int64();
        state.Clock.Restore(ref reader);
        state.Counts.Restore(ref reader);
        state.Reference.Restore(ref reader);
        state.Landings.Restore(ref reader);
        state.Sources.Restore(ref reader);
        state.Clocks.Restore(ref reader);
        state.Places.Restore(ref reader);
        state.Seen.Restore(ref reader);
        state.Coverage.Restore(ref reader);
        state.Table.RestoreHeader(ref reader);
        var count = reader.Count(8);
        for (var i = 0; i < count; i++)
        {
            RestoreSlot(state, ref reader);
        }

        state.Table.Reindex();
    }

    private static void RestoreSlot(WatchState state, ref StateReader reader)
    {
        var slot = reader.Int32();
        if (slot < 0 || slot >= state.Table.Count)
        {
            throw new InvalidDataException($"the state has no slot {slot}");
        }

        state.Book.Forget(slot);
        state.Motions.Forget(slot);
        state.Codec.Restore(ref reader, slot);
        state.Book.Restore(ref reader, slot);
        state.Routes.Restore(ref reader, slot);
        state.Statics.Restore(ref reader, slot);
        state.Jumps.Restore(ref reader, slot);
        state.Motions.Restore(ref reader, slot);
    }
}
