using System.Text.Json;
using System.Text.RegularExpressions;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>Reads the members of one object by the schema's rules; what breaks them is a defect and left out.</summary>
internal sealed class JsonMembers(StrictJson document, StrictValue value, string pointer, DefectList defects)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>The object's place.</summary>
    public SegmentPlace Place => PlaceOf(value);

    /// <summary>The object's pointer.</summary>
    public string Pointer => pointer;

    /// <summary>True where it is an object at all.</summary>
    public bool IsObject => value.Kind == JsonValueKind.Object;

    public string? Text(string name, int lengthMax, bool isRequired = false)
    {
        if (Member(name, isRequired) is not { } member)
        {
            return null;
        }

        return member.Kind == JsonValueKind.String && CodePoints(member.Text!) is var length && length >= 1 && length <= lengthMax
            ? member.Text
            : Bad(name, member, FormattableString.Invariant($"it must be a text of 1 to {lengthMax} characters"));
    }

    public string? Pattern(string name, Regex pattern, string says, bool isRequired = false, bool mayBeNull = false)
    {
        if (Member(name, isRequired) is not { } member || (mayBeNull && member.Kind == JsonValueKind.Null))
        {
            return null;
        }

        return member.Kind == JsonValueKind.String && pattern.IsMatch(member.Text!) ? member.Text : Bad(name, member, $"it must be {says}");
    }

    public T? OneOf<T>(string name, bool isRequired, params (string Word, T Value)[] words)
        where T : struct
    {
        if (Member(name, isRequired) is not { } member)
        {
            return null;
        }

        foreach (var (word, one) in words)
        {
            if (member.Kind == JsonValueKind.String && member.Text == word)
            {
                return one;
            }
        }

        Bad(name, member, $"it must be one of {string.Join(", ", words.Select(w => w.Word))}");
        return null;
    }

    public decimal? Number(string name, decimal max, bool isInteger = false)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.Kind == JsonValueKind.Number && member.Number is { } number && number >= 0 && number <= max
            && (!isInteger || number == Math.Truncate(number)))
        {
            return number;
        }

        Bad(name, member, FormattableString.Invariant($"it must be {(isInteger ? "a whole" : "a")} number of 0 to {max}"));
        return null;
    }

    public bool Flag(string name)
    {
        if (Member(name) is not { } member)
        {
            return false;
        }

        if (member.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Bad(name, member, "it must be true or false");
        }

        return member.Kind == JsonValueKind.True;
    }

    /// <summary>An object member; null where it is absent or no object.</summary>
    public JsonMembers? Object(string name, bool isRequired = false)
    {
        if (Member(name, isRequired) is not { } member)
        {
            return null;
        }

        if (member.Kind != JsonValueKind.Object)
        {
            Bad(name, member, "it must be an object");
            return null;
        }

        return new JsonMembers(document, member, $"{pointer}/{name}", defects);
    }

    /// <summary>The items of an array member that are objects.</summary>
    public IEnumerable<JsonMembers> Objects(string name, int min, int max, bool isRequired = false)
    {
        var index = 0;
        foreach (var item in Items(name, min, max, isRequired))
        {
            var at = FormattableString.Invariant($"{pointer}/{name}/{index++}");
            if (item.Kind == JsonValueKind.Object)
            {
                yield return new JsonMembers(document, item, at, defects);
            }
            else
            {
                defects.Add(DefectKind.BadMember, PlaceOf(item), "it must be an object", "left out", at);
            }
        }
    }

    /// <summary>The items of an array member that are texts, with where they stand.</summary>
    public IEnumerable<(string Text, SegmentPlace Place, string Pointer)> Texts(string name, int max, int lengthMax)
    {
        var index = 0;
        foreach (var item in Items(name, 0, max, isRequired: false))
        {
            var at = FormattableString.Invariant($"{pointer}/{name}/{index++}");
            if (item.Kind == JsonValueKind.String && CodePoints(item.Text!) is var length && length >= 1 && length <= lengthMax)
            {
                yield return (item.Text!, PlaceOf(item), at);
            }
            else
            {
                defects.Add(DefectKind.BadMember, PlaceOf(item), FormattableString.Invariant($"it must be a text of 1 to {lengthMax} characters"), "left out", at);
            }
        }
    }

    /// <summary>Where a member stands, or the object itself.</summary>
    public SegmentPlace PlaceOf(string name) => PlaceOf(value.Members.GetValueOrDefault(name) ?? value);

    /// <summary>Says which members the schema does not know.</summary>
    public void Done()
    {
        foreach (var (name, member) in value.Members)
        {
            if (!known.Contains(name))
            {
                defects.Add(
                    DefectKind.UnknownMember, PlaceOf(member), $"the schema has no member {DefectList.Quote(name)} here", "left out", pointer);
            }
        }
    }

    private IReadOnlyList<StrictValue> Items(string name, int min, int max, bool isRequired)
    {
        if (Member(name, isRequired) is not { } member)
        {
            return [];
        }

        if (member.Kind != JsonValueKind.Array || member.Items.Count < min || member.Items.Count > max)
        {
            Bad(name, member, FormattableString.Invariant($"it must be an array of {min} to {max} items"));
            return member.Items.Count > max ? [.. member.Items.Take(max)] : member.Items;
        }

        return member.Items;
    }

    private StrictValue? Member(string name, bool isRequired = false)
    {
        known.Add(name);
        if (value.Members.TryGetValue(name, out var member))
        {
            return member;
        }

        if (isRequired)
        {
            defects.Add(DefectKind.Missing, Place, $"member {name} is required", "read without it", pointer);
        }

        return null;
    }

    private string? Bad(string name, StrictValue member, string rule)
    {
        defects.Add(DefectKind.BadMember, PlaceOf(member), rule, "left out", $"{pointer}/{name}");
        return null;
    }

    private SegmentPlace PlaceOf(StrictValue at) => new(0, 0, string.Empty, document.LineAt(at.Offset), at.Offset);

    // JSON Schema counts characters, not UTF-16 units.
    private static int CodePoints(string text) => text.EnumerateRunes().Count();
}
