using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waybill.Receiving.Repeats;
using Waybill.Receiving.Verification;

namespace Waybill.Receiving;

/// <summary>What an application registers, where it needs more than secrets given at <c>MapWebhook</c>.</summary>
public static class WebhookServices
{
    /// <summary>Reads <see cref="WebhookOptions"/> from the configuration's section <c>Webhooks</c>. What is wrong there fails at the start, with its name.</summary>
    /// <param name="configure">Is applied after the configuration.</param>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, Action<WebhookOptions>? configure = null)
    {
        var options = services.AddOptions<WebhookOptions>();

        if (services.All(service => service.ServiceType != typeof(IWebhookSecrets)))
        {
            // Once: a list that is bound twice has each secret twice.
            options.BindConfiguration(WebhookOptions.SectionName).ValidateOnStart();
            services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookRangesValidator>();
            services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookSecretsValidator>();
            services.AddSingleton<IWebhookSecrets, ConfiguredSecrets>();
        }

        if (configure is not null)
        {
            options.Configure(configure);
        }

        return services;
    }

    /// <summary>Secrets by request, for <c>VerifyStandardWebhook()</c>: of several tenants, for instance.</summary>
    /// <typeparam name="TSecrets">One for each request, so that it may use what a request has, such as a database.</typeparam>
    public static IServiceCollection AddWebhookSecrets<TSecrets>(this IServiceCollection services)
        where TSecrets : class, IWebhookSecrets
    {
        services.AddWebhooks();
        services.Replace(ServiceDescriptor.Scoped<IWebhookSecrets, TSecrets>());
        return services;
    }

    /// <summary>
    /// What <c>WithoutRepeats</c> remembers is kept in this process: a restart forgets it, and other processes know nothing of it. An application with several processes, or whose
    /// handlers write to a database, wants the package Waybill.Receiving.EntityFrameworkCore.
    /// </summary>
    public static IServiceCollection AddInMemoryWebhookDeduplication(this IServiceCollection services)
    {
        services.AddWebhooks();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IWebhookDeduplication, InMemoryDeduplication>();
        return services;
    }
}
