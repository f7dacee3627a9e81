using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tracks;

/// <summary>Takes what a reader refused.</summary>
public delegate void RefusalHandler(in Refusal refusal, ReadOnlySpan<byte> bytes);

/// <summary>The sorter as a reader sees it.</summary>
public readonly struct ReplaySink : IAisSink, IEquatable<ReplaySink>
{
    private readonly ReplaySorter _sorter;
    private readonly RefusalHandler? _refused;

    internal ReplaySink(ReplaySorter sorter, RefusalHandler? refused)
    {
        _sorter = sorter;
        _refused = refused;
    }

    /// <inheritdoc/>
    public void OnPosition(in PositionReport report) => _sorter.Add(in report);

    /// <inheritdoc/>
    public void OnStatic(StaticReport report) => _sorter.Add(report);

    /// <inheritdoc/>
    public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes) => _refused?.Invoke(in refusal, bytes);

    /// <inheritdoc/>
    public bool Equals(ReplaySink other) => _sorter == other._sorter && _refused == other._refused;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ReplaySink other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _sorter.GetHashCode();

    /// <summary>The same sorter and handler.</summary>
    public static bool operator ==(ReplaySink left, ReplaySink right) => left.Equals(right);

    /// <summary>Another sorter or handler.</summary>
    public static bool operator !=(ReplaySink left, ReplaySink right) => !left.Equals(right);
}
