using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Notifications.StatusApi;

public static class StatusClientExtensions
{
    /// <summary>Adds <see cref="StatusClient"/> and <see cref="RedeliveryClient"/>, configured by the section <see cref="StatusClientOptions.SectionName"/>.</summary>
    public static IHostApplicationBuilder AddStatusClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StatusClientOptions>()
            .BindConfiguration(StatusClientOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddClient<StatusClient>();
        builder.Services.AddClient<RedeliveryClient>();

        return builder;
    }

    private static void AddClient<TClient>(this IServiceCollection services)
        where TClient : class =>
        services.AddHttpClient<TClient>(Configure)
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
