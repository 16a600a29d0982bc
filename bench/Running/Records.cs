using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waybill.Bench.Systems;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.Bench.Running;

/// <summary>What the status API says of the notifications of a load, read by its list.</summary>
internal sealed class Records : IDisposable
{
    private const int PageSize = 200;

    private static readonly JsonSerializerOptions Json = new(NotificationsJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(NotificationsJson.Default, new DefaultJsonTypeInfoResolver()),
    };

    private readonly HttpClient _http;

    public Records(WaybillUnderTest waybill)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null }) { BaseAddress = waybill.Status.Url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", WaybillUnderTest.Key);
    }

    /// <summary>All that were created since then, by id.</summary>
    public async Task<IReadOnlyDictionary<string, NotificationView>> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var records = new Dictionary<string, NotificationView>(StringComparer.Ordinal);
        string? cursor = null;

        do
        {
            var place = cursor is null ? $"from={Uri.EscapeDataString(since.ToString("O"))}" : $"cursor={Uri.EscapeDataString(cursor)}";
            var page = (await _http.GetFromJsonAsync<Page>($"/v1/notifications?limit={PageSize}&{place}", Json, cancellationToken))!;

            foreach (var record in page.Items)
            {
                records[record.Id] = record;
            }

            cursor = page.Cursor;
        }
        while (cursor is not null);

        return records;
    }

    public void Dispose() => _http.Dispose();

    private sealed record Page(IReadOnlyList<NotificationView> Items, string? Cursor);
}
