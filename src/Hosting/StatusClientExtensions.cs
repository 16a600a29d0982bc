using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Hosting;

public static class StatusClientExtensions
{
    private const string HttpClientName = "status";

    /// <summary>Adds <see cref="StatusClient"/> and <see cref="RedeliveryClient"/>, configured by the section <see cref="StatusClientOptions.SectionName"/>.</summary>
    public static IHostApplicationBuilder AddStatusClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StatusClientOptions>()
            .BindConfiguration(StatusClientOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddInternalHttpClient();
        builder.Services.AddSingleton(services => new StatusClient(services.InternalHttpClient(), together: true));
        builder.Services.AddSingleton(services => new RedeliveryClient(services.InternalHttpClient()));
        builder.Services.AddSingleton(services => new EndpointClient(services.InternalHttpClient()));

        return builder;
    }

    private static HttpClient InternalHttpClient(this IServiceProvider services) =>
        services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName);

    private static void AddInternalHttpClient(this IServiceCollection services) =>
        services.AddHttpClient(HttpClientName, Configure)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    private static void Configure(IServiceProvider services, HttpClient http)
    {
        var options = services.GetRequiredService<IOptions<StatusClientOptions>>().Value;
        http.BaseAddress = options.InternalUrl;
        http.Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.InternalKey);
    }
}
