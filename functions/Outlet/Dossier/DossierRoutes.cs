using System.Text.Encodings.Web;
using System.Text.Json;

namespace MaritimeWatch.Functions.Outlet;

/// <summary><c>GET /vessels/{id}</c>: one vessel's dossier, under the same rule of access as the other feeds.</summary>
internal static class DossierRoutes
{
    private static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.Default };

    /// <summary>Answers.</summary>
    public static async Task WriteAsync(FeedSite site)
    {
        var (read, problem) = DossierRequest.Read(site);
        if (read is not { } request)
        {
            await problem!.WriteAsync(site.Context).ConfigureAwait(false);
            return;
        }

        var dossier = await new Dossier(site, request).MakeAsync().ConfigureAwait(false);
        if (dossier is null)
        {
            await FeedProblem.NotFound("Nothing is known of such a vessel or subject.").WriteAsync(site.Context).ConfigureAwait(false);
            return;
        }

        // Held, so that the links to the rest of a part lead to what this answer counted.
        site.Model.Hold(request.Snapshot);
        if (site.IsNotModified(request.Snapshot))
        {
            return;
        }

        if (site.WantsHtml)
        {
            dossier["title"] = (string?)dossier["name"] ?? request.Subject;
            await HtmlPages.WriteDocumentAsync(site, $"/vessels/{Uri.EscapeDataString(request.Subject)}", dossier).ConfigureAwait(false);
            return;
        }

        var response = site.Context.Response;
        response.ContentType = FeedFormats.Json;
        using var writer = new Utf8JsonWriter(response.BodyWriter, Written);
        dossier.WriteTo(writer);
        await writer.FlushAsync(site.Context.RequestAborted).ConfigureAwait(false);
    }
}
