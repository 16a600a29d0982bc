using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Waybill.Receiving.Verification;

/// <summary>Where an endpoint's keys come from.</summary>
/// <returns>The keys that this request may be signed with.</returns>
internal delegate ValueTask<IReadOnlyList<byte[]>> KeySource(HttpContext context);

internal static class KeySources
{
    /// <summary>The same for every request.</summary>
    /// <exception cref="ArgumentException">There is none, or one of them is no secret; the message names it.</exception>
    public static KeySource Given(string[] secrets)
    {
        if (secrets.Length == 0)
        {
            throw new ArgumentException("There must be a secret at least.", nameof(secrets));
        }

        var keys = SecretKeys.Parse(secrets, nameof(secrets));
        return _ => ValueTask.FromResult<IReadOnlyList<byte[]>>(keys);
    }

    public static KeySource Of(IWebhookSecrets secrets) => context => KeysAsync(secrets, context);

    /// <summary>Of the request's own services.</summary>
    /// <param name="services">The application's; what is wrong in its settings is said here, at the start.</param>
    /// <exception cref="InvalidOperationException">None are registered, or the configuration has none.</exception>
    public static KeySource Registered(IServiceProvider services)
    {
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IWebhookSecrets)) != true)
        {
            throw new InvalidOperationException(
                "VerifyStandardWebhook() has no secrets: give it some, or call builder.Services.AddWebhooks() for those of the configuration, or AddWebhookSecrets<…>() for those of several senders.");
        }

        using var scope = services.CreateScope();

        if (scope.ServiceProvider.GetRequiredService<IWebhookSecrets>() is ConfiguredSecrets { Any: false })
        {
            throw new InvalidOperationException($"The configuration has no secret: set {WebhookOptions.SectionName}:{nameof(WebhookOptions.Secrets)}:0.");
        }

        return context => KeysAsync(context.RequestServices.GetRequiredService<IWebhookSecrets>(), context);
    }

    private static async ValueTask<IReadOnlyList<byte[]>> KeysAsync(IWebhookSecrets secrets, HttpContext context) =>
        SecretKeys.Parse(await secrets.GetAsync(context, context.RequestAborted), secrets.GetType().Name);
}
