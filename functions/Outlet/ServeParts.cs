using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What a host is made of where it is not the usual: for tests.</summary>
public sealed record ServeParts
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The store; null opens the folder.</summary>
    public IBlobStore? Store { get; init; }

    /// <summary>What wraps the store's keys; null takes the environment's or the folder's key.</summary>
    public IVault? Vault { get; init; }

    /// <summary>Makes the fold of a group; null takes the watch stage.</summary>
    public Func<int, IFold>? NewFold { get; init; }

    /// <summary>Spreads the retries of doors.</summary>
    public Random Chance { get; init; } = new(Environment.ProcessId);

    /// <summary>Bounds of the pipeline; its mode is the options'.</summary>
    public LivePipelineOptions Pipeline { get; init; } = new();

    /// <summary>Queues, where the store is on Azure and a Functions host delivers; null with a folder.</summary>
    public AzureStore? Azure { get; init; }

    /// <summary>Called at the named moments of commits and relays; null in production.</summary>
    public KillPoint? Kill { get; init; }

    /// <summary>Called with the time from receipt to commit of every blob and group.</summary>
    public Action<TimeSpan>? Timed { get; init; }

    /// <summary>Takes the log too; null in production, where standard error takes it.</summary>
    public ILoggerProvider? Logs { get; init; }

    /// <summary>The least level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}

/// <summary>Why the host cannot start, in words for who started it.</summary>
public sealed class ServeRefusedException(string message, Exception? inner = null) : Exception(message, inner);
