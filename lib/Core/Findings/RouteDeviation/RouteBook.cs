using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>
/// The routes of the vessels of a group, by slot. A vessel has an entry from its first departure from a port on. A delta
/// holds the new places of a voyage in progress, and the earlier voyages only where one was added.
/// </summary>
internal sealed class RouteBook(VesselTable table)
{
    /// <summary>Most places of earlier voyages in one group: 64 MiB.</summary>
    public const int PlacesMax = 8_000_000;

    private VesselRoutes?[] _bySlot = new VesselRoutes?[256];

    /// <summary>Places of earlier voyages that are held.</summary>
    public int PlaceCount { get; private set; }

    /// <summary>The routes of a vessel that has any.</summary>
    public VesselRoutes? Of(int slot) => table.Vessels[slot].HasRoutes == 0 ? null : _bySlot[slot];

    public VesselRoutes OrNew(int slot) => Of(slot) ?? Put(slot, new VesselRoutes());

    /// <summary>Adds a voyage to a pair; null where there is no room.</summary>
    public RoutePair? Add(VesselRoutes routes, Harbour to, Voyage voyage)
    {
        if (PlaceCount + voyage.Places.Length > PlacesMax)
        {
            return null;
        }

        var (pair, grown) = routes.Add(routes.InProgress!.From, to, voyage);
        PlaceCount += grown;
        return pair;
    }

    public void Forget(int slot)
    {
        if (slot < _bySlot.Length && _bySlot[slot] is { } routes)
        {
            PlaceCount -= routes.PlaceCount;
            _bySlot[slot] = null;
        }

        table.Vessels[slot].HasRoutes = 0;
    }

    public void Clear()
    {
        Array.Clear(_bySlot);
        PlaceCount = 0;
    }

    public void Save(StateWriter writer, int slot, bool whole)
    {
        if (Of(slot) is not { } routes)
        {
            return;
        }

        writer.Flag(routes.InProgress is not null);
        if (routes.InProgress is { } voyage)
        {
            SaveInProgress(writer, voyage, whole);
        }

        writer.Flag(whole || routes.ArePairsNew);
        if (whole || routes.ArePairsNew)
        {
            SavePairs(writer, routes);
        }
    }

    /// <summary>Reads what belongs to a slot after the vessel itself was read.</summary>
    public void Restore(ref StateReader reader, int slot)
    {
        if (table.Vessels[slot].HasRoutes == 0)
        {
            Forget(slot);
            return;
        }

        var routes = (slot < _bySlot.Length ? _bySlot[slot] : null) ?? new VesselRoutes();
        routes.InProgress = reader.Flag() ? RestoreInProgress(ref reader, routes.InProgress) : null;
        if (reader.Flag())
        {
            PlaceCount -= routes.PlaceCount;
            RestorePairs(ref reader, routes);
            PlaceCount += routes.PlaceCount;
        }

        routes.ArePairsNew = false;
        Put(slot, routes);
    }

    private VesselRoutes Put(int slot, VesselRoutes routes)
    {
        if (slot >= _bySlot.Length)
        {
            Array.Resize(ref _bySlot, Math.Max(slot + 1, _bySlot.Length * 2));
        }

        table.Vessels[slot].HasRoutes = 1;
        return _bySlot[slot] = routes;
    }

    private static void SaveInProgress(StateWriter writer, VoyageInProgress voyage, bool whole)
    {
        SaveHarbour(writer, voyage.From);
        writer.Int32(voyage.Hull);
        SavePlace(writer, voyage.LastPlace);
        writer.Int64(voyage.LastAtMs);
        writer.Int32(voyage.Spacing);
        writer.Flag(voyage.IsSimulated);
        writer.Int64(voyage.DepartedAtMs);
        writer.Flag(voyage.IsLost);
        writer.Flag(voyage.IsSaid);
        writer.TextOrNull(voyage.FollowsLane);
        writer.Int64(voyage.StopSinceMs);
        SavePlace(writer, voyage.StopPlace);
        writer.TextOrNull(voyage.Follows);
        writer.Int64(voyage.OffSinceMs);
        SavePlace(writer, voyage.OffPlace);
        writer.Int64(voyage.OffUnderWayMs);
        writer.Int32(voyage.OffMostDecimetres);
        var from = whole ? 0 : voyage.PlacesSaved;
        writer.Int32(from);
        writer.Int32(voyage.Places.Count - from);
        for (var i = from; i < voyage.Places.Count; i++)
        {
            SavePlace(writer, voyage.Places[i]);
        }

        voyage.PlacesSaved = voyage.Places.Count;
    }

    private static VoyageInProgress RestoreInProgress(ref StateReader reader, VoyageInProgress? before)
    {
        var isOlder = reader.Format < WatchStateCodec.FormatWithTrafficLanes;
        var voyage = new VoyageInProgress
        {
            From = RestoreHarbour(ref reader),
            Hull = reader.Int32(),
            LastPlace = RestorePlace(ref reader),
            LastAtMs = reader.Int64(),
            Spacing = reader.Int32(),
            IsSimulated = reader.Flag(),
            DepartedAtMs = isOlder ? 0 : reader.Int64(),
            IsLost = !isOlder && reader.Flag(),
            IsSaid = !isOlder && reader.Flag(),
            FollowsLane = isOlder ? null : reader.TextOrNull(),
            StopSinceMs = isOlder ? 0 : reader.Int64(),
            StopPlace = isOlder ? default : RestorePlace(ref reader),
            Follows = reader.TextOrNull(),
            OffSinceMs = reader.Int64(),
            OffPlace = RestorePlace(ref reader),
            OffUnderWayMs = reader.Int64(),
            OffMostDecimetres = reader.Int32(),
        };
        var from = reader.Int32();
        if (from < 0 || from > (before?.Places.Count ?? 0))
        {
            throw new InvalidDataException($"a delta continues a voyage at place {from}, which has {before?.Places.Count ?? 0}");
        }

        voyage.Places.AddRange(from == 0 ? [] : before!.Places.Take(from));
        RestorePlaces(ref reader, voyage.Places);
        voyage.PlacesSaved = voyage.Places.Count;
        return voyage;
    }

    private static void SavePairs(StateWriter writer, VesselRoutes routes)
    {
        writer.Int32(routes.Pairs.Count);
        foreach (var pair in routes.Pairs)
        {
            SaveHarbour(writer, pair.From);
            SaveHarbour(writer, pair.To);
            writer.Int32(pair.Voyages.Count);
            foreach (var voyage in pair.Voyages)
            {
                writer.Int64(voyage.EndAtMs);
                writer.Flag(voyage.IsSimulated);
                writer.Int32(voyage.Places.Length);
                foreach (var place in voyage.Places)
                {
                    SavePlace(writer, place);
                }
            }
        }

        routes.ArePairsNew = false;
    }

    private static void RestorePairs(ref StateReader reader, VesselRoutes routes)
    {
        routes.Pairs.Clear();
        var pairs = reader.Count(1);
        for (var i = 0; i < pairs; i++)
        {
            var pair = new RoutePair(RestoreHarbour(ref reader), RestoreHarbour(ref reader));
            var voyages = reader.Count(13);
            for (var j = 0; j < voyages; j++)
            {
                var (endAtMs, isSimulated) = (reader.Int64(), reader.Flag());
                var places = new List<Position>();
                RestorePlaces(ref reader, places);
                pair.Add(places.Count > 0
                    ? new Voyage(endAtMs, isSimulated, [.. places])
                    : throw new InvalidDataException("a voyage has no places"));
            }

            routes.Pairs.Add(pair);
        }
    }

    private static void SaveHarbour(StateWriter writer, Harbour harbour)
    {
        writer.Text(harbour.Id);
        writer.Text(harbour.Name);
    }

    private static Harbour RestoreHarbour(ref StateReader reader) => new(reader.Text(), reader.Text());

    private static void SavePlace(StateWriter writer, Position place)
    {
        writer.Int32(place.LatitudeE7);
        writer.Int32(place.LongitudeE7);
    }

    private static Position RestorePlace(ref StateReader reader) => new(reader.Int32(), reader.Int32());

    private static void RestorePlaces(ref StateReader reader, List<Position> places)
    {
        var count = reader.Count(8);
        for (var i = 0; i < count; i++)
        {
            places.Add(RestorePlace(ref reader));
        }
    }
}
