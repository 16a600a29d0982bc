using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Waybill.LocalAws;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Authentication;

/// <summary>A status service whose keys are in a settings file of its own, and clients that present keys.</summary>
internal sealed class KeySettings : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-key-tests-");
    private ServiceProcess _service = null!;

    public ServiceProcess Service => _service;

    public static async Task<KeySettings> StartAsync(StatusFixture fixture, params (string Key, DateTimeOffset? ExpiresAt)[] keys)
    {
        var settings = new KeySettings();
        await settings.WriteAsync(keys);

        var environment = new Dictionary<string, string>(fixture.Backends.EnvironmentVariables)
        {
            ["ASPNETCORE_CONTENTROOT"] = settings._folder.FullName,
            ["InternalApi__Host"] = "127.0.0.1",
            ["InternalApi__Port"] = LoopbackPort.Pick().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["ApiKeys__FailuresPerMinute"] = "5",
        };

        settings._service = await ServiceProcess.StartAsync("StatusService", environment);
        return settings;
    }

    /// <summary>As an operator or a deployment does: all keys of Alice's that are to be accepted from now on.</summary>
    public Task WriteAsync(params (string Key, DateTimeOffset? ExpiresAt)[] keys) => WriteTextAsync(JsonSerializer.Serialize(new
    {
        ApiKeys = new
        {
            Keys = keys.Select((key, number) => new
            {
                Name = $"alice-{number}",
                Owner = "alice",
                Role = "client",
                Sha256 = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key.Key))),
                ExpiresAt = key.ExpiresAt?.ToString("O"),
            }),
        },
    }));

    /// <summary>Replaced as a whole, as a half-written file is another test.</summary>
    public async Task WriteTextAsync(string text)
    {
        var draft = Path.Combine(_folder.FullName, "draft");
        await File.WriteAllTextAsync(draft, text);
        File.Move(draft, Path.Combine(_folder.FullName, "appsettings.json"), overwrite: true);
    }

    public async Task<HttpResponseMessage> CallAsync(string? key, string path = "/v1/notifications?limit=1")
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _service.Url };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new("Bearer", key);
        return await http.GetAsync(path);
    }

    public async Task<int> StatusOfAsync(string? key)
    {
        using var answer = await CallAsync(key);
        return (int)answer.StatusCode;
    }

    public Task PrintsAsync(string text) =>
        Eventually.BecomesAsync(() => Task.FromResult(_service.Printed), printed => printed.Contains(text, StringComparison.Ordinal));

    public Task BecomesAsync(string key, int status) => Eventually.BecomesAsync(() => StatusOfAsync(key), code => code == status, interval: TimeSpan.FromMilliseconds(200));

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
