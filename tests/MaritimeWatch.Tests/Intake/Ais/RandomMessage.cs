using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Messages with random numbers in every field, made by the table.</summary>
internal static class RandomMessage
{
    /// <summary>Writes one message of a layout.</summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="layout">Which one.</param>
    /// <param name="mmsi">Who sends it.</param>
    /// <param name="bits">At least <see cref="AisDraft.BytesMax"/> bytes.</param>
    /// <param name="raw">Takes the number of each field; null where it has none or the message ends before it.</param>
    /// <returns>Length in bits.</returns>
    public static int Make(Random random, AisLayout layout, int mmsi, Span<byte> bits, long?[]? raw = null)
    {
        var draft = new AisDraft(layout, random.Next(4), mmsi, bits);
        var hasTail = layout.Fields.Any(f => f.Length == 0);
        var end = hasTail ? int.MaxValue : layout.Lengths[random.Next(layout.Lengths.Count)];
        Span<byte> data = stackalloc byte[AisDraft.BytesMax];
        Span<char> text = stackalloc char[176];
        for (var index = 0; index < layout.Fields.Count; index++)
        {
            var field = layout.Fields[index];
            if (raw is not null)
            {
                raw[index] = null;
            }

            if (field.PartOf.Length > 0 || field.Start + field.Length > end)
            {
                continue;
            }

            if (field.Form == AisForm.Text)
            {
                draft.PutText(field, Some(random, text, (field.Length > 0 ? field.Length : field.LengthMax) / 6));
            }
            else if (field.Form == AisForm.Data)
            {
                random.NextBytes(data);
                draft.PutData(field, data, random.Next((field.LengthMax / 8) + 1) * 8);
            }
            else
            {
                var number = field.Fixed ?? (layout.Variant == "part unknown" ? random.Next(2, 4) : Number(random, field));
                draft.PutRaw(field, number);
                if (raw is not null)
                {
                    raw[index] = number;
                }
            }
        }

        return draft.Finish();
    }

    /// <summary>An MMSI that a layout can be sent by, its last digits a number.</summary>
    public static int Mmsi(AisLayout layout, int number) =>
        (layout.Find("mothership_mmsi") is null ? 200_000_000 : 980_000_000) + number;

    // One in four is the number that means "not available", so that it comes up in the wide fields too.
    private static long Number(Random random, AisField field)
    {
        if (field.NotAvailable is { } none && random.Next(4) == 0)
        {
            return none;
        }

        var isSigned = field.Form is AisForm.Angle or AisForm.Turn;
        return random.NextInt64(1L << field.Length) - (isSigned ? 1L << (field.Length - 1) : 0);
    }

    private static ReadOnlySpan<char> Some(Random random, Span<char> text, int most)
    {
        var length = random.Next(most + 1);
        for (var index = 0; index < length; index++)
        {
            text[index] = random.Next(5) == 0 ? ' ' : (char)random.Next(' ', '`');
        }

        return text[..length];
    }
}
