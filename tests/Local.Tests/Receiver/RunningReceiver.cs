using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Waybill.Receiver;

namespace Waybill.Local.Tests.Receiver;

/// <summary>A receiver on a free port and a client for it.</summary>
public sealed class RunningReceiver : IAsyncLifetime
{
    private readonly WebApplication _app;

    public RunningReceiver()
        : this([])
    {
    }

    private RunningReceiver(IEnumerable<string> secrets) =>
        _app = ReceiverApp.Build(["--urls=http://127.0.0.1:0", .. secrets.Select((secret, index) => $"--Signing:Secrets:{index}={secret}")]);

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    /// <summary>One that checks signatures.</summary>
    public static RunningReceiver WithSecrets(params string[] secrets) => new(secrets);

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        Http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task<JsonElement> ReceivedAsync(string query = "") =>
        await Http.GetFromJsonAsync<JsonElement>($"/received{query}");

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
