using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Support;

internal static class Asking
{
    /// <summary>As a client does whom a busy machine answers with 503: it asks again.</summary>
    public static async Task<JsonElement> AskAsync(this HttpClient http, string path)
    {
        using var answer = await Eventually.BecomesAsync(() => http.GetAsync(path), answer => answer.StatusCode != HttpStatusCode.ServiceUnavailable);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
