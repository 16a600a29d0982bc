using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.Client.Tests;

/// <summary>Rules out that a program which registers the client starts with settings that cannot be meant, or that its trace ends at Waybill's door.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task Settings_come_from_the_section_Waybill_and_one_client_serves_all()
    {
        await using var server = await AnsweringServer.StartAsync("application/json", NotificationExample.View);
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(Configuration("Waybill:", server.Url, maxAttempts: "7"))
            .AddWaybillClient().Services
            .BuildServiceProvider();

        var client = services.GetRequiredService<WaybillClient>();

        Assert.Equal(NotificationExample.Id, (await client.GetAsync("ntf_1")).Id);
        Assert.Equal(["/v1/notifications/ntf_1"], server.Asked);
        Assert.Same(client, services.GetRequiredService<WaybillClient>());
        Assert.Equal((7, TimeSpan.FromSeconds(3)), services.GetRequiredService<IOptions<WaybillClientOptions>>().Value is var options ? (options.MaxAttempts, options.CallTimeout) : default);
    }

    [Fact]
    public async Task Another_section_and_code_may_say_it_too_and_code_says_it_last()
    {
        await using var services = new ServiceCollection()
            .AddWaybillClient(Configuration("", new Uri("http://a.test"), maxAttempts: "7"), options => options.MaxAttempts = 9).Services
            .BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<WaybillClientOptions>>().Value;

        Assert.Equal((new Uri("http://a.test"), "key", 9), (options.IntakeUrl, options.ApiKey, options.MaxAttempts));
    }

    [Fact]
    public async Task A_host_with_settings_that_are_wrong_does_not_start_and_names_each()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWaybillClient(options =>
        {
            options.StatusUrl = new Uri("ftp://a.test");
            options.ApiKey = "a secret key";
            options.MaxAttempts = 0;
            options.MaxTotalWait = TimeSpan.FromHours(2);
            options.CallTimeout = TimeSpan.Zero;
        });
        using var host = builder.Build();

        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            [
                "Waybill:IntakeUrl must be the absolute http or https address of IntakeService, but is not set.",
                "Waybill:StatusUrl must be the absolute http or https address of StatusService, but is 'ftp://a.test/'.",
                "Waybill:ApiKey must be an API key: visible ASCII without spaces.",
                "Waybill:MaxAttempts must be 1 to 100, but is 0.",
                "Waybill:MaxTotalWait must be 00:00:00 to 01:00:00, but is 02:00:00.",
                "Waybill:CallTimeout must be 00:00:00.1000000 to 00:10:00, but is 00:00:00.",
            ],
            wrong.Failures);
    }

    [Fact]
    public void Who_makes_a_client_without_a_host_is_told_the_same()
    {
        using var http = new HttpClient();

        var wrong = Assert.Throws<ArgumentException>(() => new WaybillClient(http, new WaybillClientOptions { IntakeUrl = new Uri("/v1", UriKind.Relative), StatusUrl = new Uri("http://a.test/?a"), ApiKey = "" }));

        Assert.Contains("Waybill:IntakeUrl", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Waybill:StatusUrl", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Waybill:ApiKey", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_goes_on_in_Waybill_below_a_span_of_the_operation()
    {
        string? traceparent = null;
        await using var server = await AnsweringServer.StartAsync(context =>
        {
            traceparent = context.Request.Headers.TraceParent;
            return context.Response.WriteAsJsonAsync(System.Text.Json.JsonElement.Parse(NotificationExample.View));
        });
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WaybillClientTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var client = new WaybillClient(http, new WaybillClientOptions { IntakeUrl = server.Url, StatusUrl = server.Url, ApiKey = "key" });
        using var caller = new Activity("caller").Start();

        await client.GetAsync("ntf_1");

        var span = Assert.Single(spans, one => one.TraceId == caller.TraceId);
        Assert.Equal(("Waybill Get", caller.SpanId, ActivityKind.Client), (span.DisplayName, span.ParentSpanId, span.Kind));
        Assert.Contains(caller.TraceId.ToHexString(), traceparent, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configuration(string prefix, Uri url, string maxAttempts) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{prefix}IntakeUrl"] = url.AbsoluteUri,
            [$"{prefix}StatusUrl"] = url.AbsoluteUri,
            [$"{prefix}ApiKey"] = "key",
            [$"{prefix}MaxAttempts"] = maxAttempts,
            [$"{prefix}CallTimeout"] = "00:00:03",
        })
        .Build();
}
