using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Everything that is known of one vessel (or another subject), from one generation of the read model: who she said she was,
/// where she called, what was found of her and what people said of it, how long she was silent, whom she met, where she went
/// and what was heard there. Every part is bounded, says how much there is in all, and links to the rest.
/// </summary>
internal sealed class Dossier(FeedSite site, DossierRequest request)
{
    private const string VesselPrefix = "mmsi:";
    private const int CoverageMax = 500;
    private const int PiecesShown = 12;

    // Members of a finding that a reader of the dossier needs; the rest is one link away.
    private static readonly string[] OfFinding =
    [
        "id", "revision", "state", "settled", "kind", "severity", "subject", "object", "mmsi", "name", "start_at", "end_at", "known_at",
        "reason", "retracted_because", "amended_because", "rule", "rule_version", "profile", "measure", "clears_if", "simulated",
    ];

    private readonly DossierPart part = new(site, request);
    private readonly bool isVessel = request.Subject.StartsWith(VesselPrefix, StringComparison.Ordinal) && !request.Subject.Contains('+', StringComparison.Ordinal);

    /// <summary>Makes it; null where nothing at all is known of the subject.</summary>
    public async Task<JsonObject?> MakeAsync()
    {
        (string Name, string Value)[] own = [("subject", request.Subject)];
        (string Name, string Value)[] party = [("party", request.Subject)];
        var vessel = await part.FindAsync("vessels", request.Subject).ConfigureAwait(false);
        var identities = await part.ReadAsync("identities", own).ConfigureAwait(false);
        var calls = await part.ReadAsync("port-calls", own).ConfigureAwait(false);
        var findings = await part.ReadAsync("findings", party).ConfigureAwait(false);
        var tracks = await part.ReadAsync("tracks", own, PiecesShown).ConfigureAwait(false);
        var maybe = isVessel
            ? await part.ReadAsync("findings", [("mmsi", request.Subject[VesselPrefix.Length..]), ("kind", "dark-ship")]).ConfigureAwait(false)
            : new DossierPart.Found(0, [], null);
        if (vessel is null && identities.Matched + calls.Matched + findings.Matched + tracks.Matched + maybe.Matched == 0)
        {
            return null;
        }

        var gaps = await part.ReadAsync("findings", [.. party, ("kind", "gap")]).ConfigureAwait(false);
        var meetings = await part.ReadAsync("findings", [.. party, ("kind", "encounter")]).ConfigureAwait(false);
        var reach = await part.FindAsync("reach", request.Subject).ConfigureAwait(false);
        var expected = await part.FindAsync("expected-arrivals", request.Subject).ConfigureAwait(false);
        return new JsonObject
        {
            ["subject"] = request.Subject,
            ["mmsi"] = vessel?.Properties["mmsi"]?.DeepClone() ?? (isVessel && long.TryParse(request.Subject.AsSpan(VesselPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var mmsi) ? mmsi : null),
            ["name"] = vessel?.Properties["name"]?.DeepClone() ?? findings.Lines.Select(line => line.Properties["name"]?.DeepClone()).FirstOrDefault(name => name is not null),
            ["simulated"] = IsSimulated(vessel, [findings, identities, calls, tracks, maybe]),
            ["generation"] = request.Snapshot.Token,
            ["limit"] = request.Limit,
            ["counts"] = Counts(),
            ["vessel"] = vessel is null ? null : Feature(vessel),
            ["expected_arrival"] = expected is null ? null : Feature(expected),
            ["identities"] = identities.Matched > 0 ? identities.ToJson() : FromVessel(vessel),
            ["calls"] = calls.ToJson(),
            ["findings"] = await WithJudgementsAsync(findings).ConfigureAwait(false),
            ["gaps"] = gaps.ToJson(line => Gap(line, reach)),
            ["reach"] = reach is null ? null : Feature(reach),
            ["encounters"] = await WithPartnersAsync(meetings).ConfigureAwait(false),
            ["maybe"] = await WithJudgementsAsync(maybe).ConfigureAwait(false),
            ["track"] = Track(tracks),
            ["coverage"] = await DossierCoverage.OfAsync(part, tracks, CoverageMax).ConfigureAwait(false),
            ["links"] = Links(own, party),
        };
    }

    // Exact counts over everything, whatever the limit of the parts is.
    private JsonObject Counts()
    {
        FeedQuery Of(FeedCollection collection) => new() { Filters = [site.Model.Filter(collection, "party", [request.Subject])!] };
        var found = request.Snapshot.CountBy(FeedCollections.Findings, Of(FeedCollections.Findings), "kind", "state");
        var marked = request.Snapshot.CountBy(FeedCollections.Judgements, Of(FeedCollections.Judgements), "kind", "verdict")
            .Where(group => group.Values[1] == "false").ToList();
        var kinds = new JsonObject();
        foreach (var kind in found.GroupBy(group => group.Values[0]).Where(kind => kind.Key is not null))
        {
            kinds[kind.Key!] = new KindCounts(
                kind.Sum(group => group.Count), kind.Where(group => group.Values[1] == "retracted").Sum(group => group.Count),
                marked.Where(group => group.Values[0] == kind.Key).Sum(group => group.Count)).ToJson();
        }

        var all = new KindCounts(
            found.Sum(group => group.Count), found.Where(group => group.Values[1] == "retracted").Sum(group => group.Count),
            marked.Sum(group => group.Count)).ToJson();
        all["by_kind"] = kinds;
        return all;
    }

    private async Task<JsonObject> WithJudgementsAsync(DossierPart.Found findings)
    {
        var items = new List<JsonNode>();
        foreach (var line in findings.Lines)
        {
            var id = DossierPart.Text(line.Properties, "id")!;
            var kind = DossierPart.Text(line.Properties, "kind");
            var judgement = await part.FindAsync("judgements", id).ConfigureAwait(false);
            var item = Some(line.Properties, OfFinding);
            item["judgement"] = judgement is null
                ? null
                : Some(judgement.Properties, ["verdict", "reason", "by_role", "at", "known_at", "revision", "history"]);
            item["geometry"] = line.Geometry?.DeepClone();
            item["links"] = new JsonArray(
                FeedSite.Link($"{site.Root}/collections/findings/items/{Uri.EscapeDataString(id)}", "self", FeedFormats.GeoJson, "The finding with its evidence"),
                FeedSite.Link($"{site.Root}/collections/revisions/items/{Uri.EscapeDataString(id)}.{line.Revision}", "latest-version", FeedFormats.GeoJson, $"Revision {line.Revision}; each number from 1 is another"),
                FeedSite.Link($"{site.Root}/kinds/{kind}", "describedby", FeedFormats.Html, $"What {kind} means, and what it does not"));
            items.Add(item);
        }

        var at = 0;
        return findings.ToJson(_ => items[at++]);
    }

    private async Task<JsonObject> WithPartnersAsync(DossierPart.Found meetings)
    {
        var items = new List<JsonNode>();
        foreach (var line in meetings.Lines)
        {
            var with = new JsonArray();
            foreach (var subject in (DossierPart.Text(line.Properties, "subject") ?? string.Empty).Split('+').Where(one => one != request.Subject))
            {
                var other = await part.FindAsync("vessels", subject).ConfigureAwait(false);
                with.Add(new JsonObject
                {
                    ["subject"] = subject,
                    ["mmsi"] = other?.Properties["mmsi"]?.DeepClone(),
                    ["name"] = other?.Properties["name"]?.DeepClone(),
                    ["ship_type"] = other?.Properties["ship_type"]?.DeepClone(),
                });
            }

            var item = Some(line.Properties, ["id", "state", "severity", "start_at", "end_at", "reason", "measure", "simulated"]);
            item["with"] = with;
            items.Add(item);
        }

        var at = 0;
        return meetings.ToJson(_ => items[at++]);
    }

    private static JsonObject Gap(DossierPart.Line line, DossierPart.Line? reach)
    {
        var gap = Some(line.Properties, ["id", "state", "severity", "start_at", "end_at", "reason", "measure", "simulated"]);
        gap["deliberate_probability"] = (line.Properties["measure"] as JsonObject)?["deliberate_probability"]?.DeepClone();
        gap["is_silent_now"] = reach is not null && DossierPart.Text(line.Properties, "state") == "open"
            && DossierPart.Text(reach.Properties, "state") == "open";
        return gap;
    }

    // Until identities over time are kept, what she last said is the one that is known.
    private static JsonObject FromVessel(DossierPart.Line? vessel)
    {
        var line = vessel is null
            ? []
            : new List<DossierPart.Line>
            {
                new(Some(vessel.Properties, ["subject", "mmsi", "name", "call_sign", "imo", "ship_type", "length_m", "width_m", "last_at", "simulated"]), null, 1),
            };
        var part = new DossierPart.Found(line.Count, line, null).ToJson();
        part["only_latest"] = true;
        return part;
    }

    private static JsonObject Track(DossierPart.Found tracks)
    {
        var json = tracks.ToJson(line => Some(line.Properties, ["hull", "start_at", "end_at", "points", "simulated"]));
        json["last"] = tracks.Lines.Count == 0 ? null : Feature(tracks.Lines[0]);
        return json;
    }

    private JsonArray Links((string Name, string Value)[] own, (string Name, string Value)[] party)
    {
        var page = isVessel ? $"mmsi={request.Subject[VesselPrefix.Length..]}" : $"subject={Uri.EscapeDataString(request.Subject)}";
        var links = new JsonArray(
            FeedSite.Link($"{site.Root}/vessels/{Uri.EscapeDataString(request.Subject)}", "self", FeedFormats.Json, "This dossier"),
            FeedSite.Link($"{site.Root}/vessel.html?{page}", "alternate", FeedFormats.Html, "This dossier as a page"));
        foreach (var (id, filters) in ((string, (string, string)[])[])[("findings", party), ("judgements", party), ("tracks", own), ("port-calls", own)])
        {
            links.Add(FeedSite.Link(part.Address(id, filters), "items", FeedFormats.GeoJson, FeedCollections.Find(id)!.Title));
        }

        return links;
    }

    private static bool IsSimulated(DossierPart.Line? vessel, DossierPart.Found[] parts) =>
        (vessel is null ? [] : (DossierPart.Line[])[vessel]).Concat(parts.SelectMany(found => found.Lines))
            .Any(line => line.Properties["simulated"] is JsonValue mark && mark.GetValueKind() == JsonValueKind.True);

    private static JsonObject Feature(DossierPart.Line line) => new()
    {
        ["type"] = "Feature",
        ["geometry"] = line.Geometry?.DeepClone(),
        ["properties"] = line.Properties.DeepClone(),
    };

    private static JsonObject Some(JsonObject properties, IEnumerable<string> names)
    {
        var some = new JsonObject();
        foreach (var name in names)
        {
            if (properties.TryGetPropertyValue(name, out var value))
            {
                some[name] = value?.DeepClone();
            }
        }

        return some;
    }
}
