using System.Net.Http.Headers;
using System.Text.Json;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>One event of a stream.</summary>
/// <param name="Kind">alert, ready or beat.</param>
/// <param name="Id">Its id, or null.</param>
/// <param name="Data">What it carries.</param>
internal sealed record StreamEvent(string Kind, string? Id, string Data)
{
    /// <summary>Id and revision of the alert, or null.</summary>
    public string? Alert
    {
        get
        {
            if (Kind != "alert")
            {
                return null;
            }

            var alert = JsonDocument.Parse(Data).RootElement;
            return $"{alert.GetProperty("id").GetString()}.{alert.GetProperty("revision").GetInt32()}";
        }
    }
}

/// <summary>A client of the stream, as any program would be one.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage answer, StreamReader reader) => (_answer, _reader) = (answer, reader);

    public static async Task<EventStream> OpenAsync(AlertWorld world, string token, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/alerts/stream", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (lastId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        }

        var answer = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
#pragma warning disable CA2000 // The stream of events disposes of it.
        return new EventStream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
#pragma warning restore CA2000
    }

    /// <summary>The next event.</summary>
    public async Task<StreamEvent> NextAsync()
    {
        var (kind, id, data) = ("", (string?)null, "");
        while (await _reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Length == 0)
            {
                if (kind.Length > 0)
                {
                    return new StreamEvent(kind, id, data);
                }
            }
            else if (line.Split(": ", 2) is [var field, var value])
            {
                (kind, id, data) = field switch
                {
                    "event" => (value, id, data), "id" => (kind, value, data), "data" => (kind, id, value), _ => (kind, id, data),
                };
            }
        }

        return new StreamEvent("end", null, "");
    }

    /// <summary>The alerts up to the word that all is said.</summary>
    public async Task<List<string>> UntilReadyAsync()
    {
        List<string> alerts = [];
        while (await NextAsync() is { Kind: not "ready" } next)
        {
            Assert.That(next.Kind, Is.EqualTo("alert"));
            alerts.Add(next.Alert!);
        }

        return alerts;
    }

    /// <summary>True once the server has ended it.</summary>
    public async Task<bool> EndsAsync() => (await NextAsync()).Kind == "end";

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
