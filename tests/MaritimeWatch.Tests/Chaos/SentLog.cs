using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>
/// What the doors have told the queues: acknowledged, or perhaps (the answer was lost). What was acknowledged must have its
/// effect once, what was not may have it once.
/// </summary>
internal sealed class SentLog
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, bool> works = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (LandedNote Note, bool IsSure)> notes = new(StringComparer.Ordinal);

    public IReadOnlyList<(WorkMessage Message, bool IsSure)> Works =>
        [.. works.Select(work => (WorkMessage.Parse(Encoding.UTF8.GetBytes(work.Key)), work.Value))];

    public IReadOnlyList<(LandedNote Note, bool IsSure)> Notes => [.. notes.Values];

    /// <summary>Ids of the pushes that were delivered; null where the run makes none.</summary>
    public HashSet<string>? Pushed { get; init; }

    /// <summary>A message was delivered and done.</summary>
    public void OnDone(string queue, string text)
    {
        if (queue == QueueNames.AlertDelivery && Pushed is not null)
        {
            lock (gate)
            {
                Pushed.Add(AlertMessage.Parse(Encoding.UTF8.GetBytes(text)).Id);
            }
        }
    }

    /// <summary>The queue, remembering what it is told.</summary>
    public IWorkSender Of(IWorkSender queue) => new Sender(this, queue);

    /// <summary>Queues a note and remembers it.</summary>
    public async Task SendAsync(LandedNote note, IWorkSender queue, CancellationToken cancel)
    {
        Set(note, false);
        await queue.SendAsync(note.ToBytes(), TimeSpan.Zero, cancel);
        Set(note, true);
    }

    private void Set(LandedNote note, bool isSure)
    {
        lock (gate)
        {
            notes[note.Landed] = (note, isSure || (notes.TryGetValue(note.Landed, out var there) && there.IsSure));
        }
    }

    private void Set(string body, bool isSure)
    {
        lock (gate)
        {
            works[body] = isSure || works.GetValueOrDefault(body);
        }
    }

    private sealed class Sender(SentLog log, IWorkSender queue) : IWorkSender
    {
        public async ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel)
        {
            var text = Encoding.UTF8.GetString(body.Span);
            log.Set(text, false);
            await queue.SendAsync(body, delay, cancel);
            log.Set(text, true);
        }

        public ValueTask<int> CountAsync(CancellationToken cancel) => queue.CountAsync(cancel);
    }
}
