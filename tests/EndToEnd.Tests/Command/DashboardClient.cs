using System.Text.Json;
using Waybill.EndToEnd.Tests.Application;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>The dashboard of a running command. Its API has a key, made up at each start: its process was given it.</summary>
internal sealed class DashboardClient : IDisposable
{
    private const string KeyVariable = "DASHBOARD__API__PRIMARYAPIKEY";
    private const string KeyHeader = "X-API-Key";

    private readonly HttpClient _http;

    /// <param name="running">The command.</param>
    /// <param name="key">Null for none.</param>
    public DashboardClient(RunningCommand running, string? key)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://localhost:{running.Settings.Dashboard}") };

        if (key is not null)
        {
            _http.DefaultRequestHeaders.Add(KeyHeader, key);
        }
    }

    public static DashboardClient WithKey(RunningCommand running) => new(running, Key(running));

    public async Task<int> StatusAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return (int)answer.StatusCode;
    }

    public Task<string> TextAsync(string path) => _http.GetStringAsync(path);

    /// <summary>Names of the services that have spans in the trace, in order; none while the dashboard does not know it.</summary>
    public async Task<string[]> ServicesAsync(string traceId)
    {
        using var answer = await _http.GetAsync($"/api/telemetry/traces/{traceId}");

        if (!answer.IsSuccessStatusCode)
        {
            return [];
        }

        var trace = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        var names =
            from resource in trace.At("data.resourceSpans").EnumerateArray()
            from attribute in resource.At("resource.attributes").EnumerateArray()
            where attribute.Text("key") == "service.name"
            select attribute.Text("value.stringValue");

        return [.. names.Distinct().Order()];
    }

    public void Dispose() => _http.Dispose();

    private static string Key(RunningCommand running) =>
        running.Command.Processes().Select(id => ProcessTable.Variable(id, KeyVariable)).First(value => value is not null)!;
}
