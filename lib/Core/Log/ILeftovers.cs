namespace MaritimeWatch.Log;

/// <summary>A store in which writers that died can leave what nobody sees (files written aside).</summary>
public interface ILeftovers
{
    /// <summary>Removes what was left before a time, and tells how much.</summary>
    /// <param name="before">Old enough that no living writer still needs it.</param>
    /// <param name="cancel">Stops the work.</param>
    ValueTask<int> RemoveLeftoversAsync(DateTimeOffset before, CancellationToken cancel);
}
