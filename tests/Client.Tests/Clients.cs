using Microsoft.Extensions.Time.Testing;

namespace Waybill.Client.Tests;

/// <summary>A client of a service of the test's own, whose pauses pass at once.</summary>
internal sealed class Clients : IDisposable
{
    private readonly HttpClient _http;

    public Clients(Action<WaybillClientOptions>? configure = null)
    {
        var options = new WaybillClientOptions { IntakeUrl = new Uri("http://intake.test"), StatusUrl = new Uri("http://status.test"), ApiKey = "key" };
        configure?.Invoke(options);

        _http = new HttpClient(Service);
        Client = new WaybillClient(_http, options, Time)
        {
            Retrying = notice =>
            {
                Notices.Add(notice);
                Time.Advance(notice.Pause);
            },
        };
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    public Service Service { get; } = new();

    public WaybillClient Client { get; }

    public List<RetryNotice> Notices { get; } = [];

    public void Dispose()
    {
        _http.Dispose();
        Service.Dispose();
    }
}
