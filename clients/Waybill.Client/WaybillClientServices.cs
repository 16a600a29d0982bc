using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waybill.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="WaybillClient"/>.</summary>
public static partial class WaybillClientServices
{
    private const string HttpClientName = "Waybill";

    /// <summary>How long a connection is kept, so that a name that leads elsewhere now is noticed.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// One <see cref="WaybillClient"/> for all, on an HTTP client of <see cref="IHttpClientFactory"/>. Its settings are those of the section
    /// <see cref="WaybillClientOptions.SectionName"/> of the configuration, where there is one, and then what <paramref name="configure"/> makes of
    /// them. A setting that is wrong keeps the host from starting: <see cref="OptionsValidationException"/> names each.
    /// </summary>
    /// <returns>For handlers of your own. One that repeats calls is not needed: the client does that.</returns>
    public static IHttpClientBuilder AddWaybillClient(this IServiceCollection services, Action<WaybillClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddOptions<WaybillClientOptions>()
            .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.GetSection(WaybillClientOptions.SectionName).Bind(options));

        return services.AddClient(configure);
    }

    /// <param name="section">Has the settings, whatever its own name.</param>
    /// <inheritdoc cref="AddWaybillClient(IServiceCollection, Action{WaybillClientOptions}?)"/>
    public static IHttpClientBuilder AddWaybillClient(this IServiceCollection services, IConfiguration section, Action<WaybillClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);

        services.AddOptions<WaybillClientOptions>().Configure(options => section.Bind(options));

        return services.AddClient(configure);
    }

    private static IHttpClientBuilder AddClient(this IServiceCollection services, Action<WaybillClientOptions>? configure)
    {
        var options = services.AddOptions<WaybillClientOptions>().ValidateOnStart();

        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WaybillClientOptions>, WaybillClientOptionsValidator>());
        services.TryAddSingleton(Client);

        // The client is one for all and keeps its HTTP client: connections are renewed by their handler instead of by the factory.
        return services.AddHttpClient(HttpClientName)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ConnectionLifetime)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The factory's clients need not be disposed of.")]
    private static WaybillClient Client(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<WaybillClient>();

        return new WaybillClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
            provider.GetRequiredService<IOptions<WaybillClientOptions>>().Value,
            provider.GetService<TimeProvider>())
        {
            Retrying = notice => Log.Retrying(logger, notice.Operation, notice.Attempt, notice.Reason, notice.Pause.TotalSeconds),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Operation} at Waybill, attempt {Attempt}: {Reason}. It is tried again in {Seconds:0.0} s.")]
        public static partial void Retrying(ILogger logger, string operation, int attempt, string reason, double seconds);
    }
}
