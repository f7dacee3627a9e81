namespace MaritimeWatch.Intake.Manifests;

/// <summary>The JSON Schema (2020-12) of a JSON manifest, for <c>/schemas/manifest.json</c>.</summary>
public static class ManifestSchema
{
    /// <summary>What a JSON manifest says in <c>format</c>.</summary>
    public const string Format = "maritimewatch-manifest/1";

    /// <summary>The schema's bytes, <c>application/schema+json</c>.</summary>
    public static ReadOnlyMemory<byte> Bytes { get; } = Load();

    private static byte[] Load()
    {
        using var stream = typeof(ManifestSchema).Assembly.GetManifestResourceStream("manifest.schema.json")
            ?? throw new InvalidOperationException("the manifest's schema is missing in the assembly");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
