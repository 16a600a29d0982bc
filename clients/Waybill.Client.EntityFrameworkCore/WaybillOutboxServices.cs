using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waybill.Client.EntityFrameworkCore;
using Waybill.Client.EntityFrameworkCore.Relay;
using Waybill.Client.EntityFrameworkCore.Rows;
using Waybill.Client.EntityFrameworkCore.Telemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the relay of an outbox.</summary>
public static class WaybillOutboxServices
{
    /// <summary>
    /// Hands over what the outbox of <typeparamref name="TContext"/> has, as long as the host runs, with the <see cref="Waybill.Client.WaybillClient"/> that is registered. Any number of processes may do so on
    /// one table; who only adds rows need not. Its settings are those of the section <see cref="WaybillOutboxOptions.SectionName"/> of the configuration, where there is one, and then what
    /// <paramref name="configure"/> makes of them. A setting that is wrong keeps the host from starting: <see cref="OptionsValidationException"/> names each.
    /// </summary>
    /// <typeparam name="TContext">
    /// Registered by <c>AddDbContext</c>, <c>AddDbContextPool</c> or <c>AddDbContextFactory</c>; its model has <see cref="OutboxModel.AddWaybillOutbox"/>. Any relational provider.
    /// </typeparam>
    public static IServiceCollection AddWaybillOutbox<TContext>(this IServiceCollection services, Action<WaybillOutboxOptions>? configure = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);

        var options = services.AddOptions<WaybillOutboxOptions>(typeof(TContext).Name)
            .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.GetSection(WaybillOutboxOptions.SectionName).Bind(options))
            .ValidateOnStart();

        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WaybillOutboxOptions>, WaybillOutboxOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<OutboxPoster>();
        services.TryAddSingleton<OutboxMetrics<TContext>>();
        services.TryAddSingleton<OutboxRows<TContext>>();
        services.TryAddSingleton<OutboxBatches<TContext>>();
        services.TryAddSingleton<OutboxSignal<TContext>>();
        services.AddHostedService<OutboxRelay<TContext>>();

        return services.ConfigureDbContext<TContext>((provider, context) =>
        {
            var signal = provider.GetRequiredService<OutboxSignal<TContext>>();
            context.AddInterceptors(new SaveWakes<TContext>(signal), new CommitWakes<TContext>(signal));
        });
    }
}
