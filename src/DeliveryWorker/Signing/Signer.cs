using Microsoft.Extensions.Options;
using Waybill.Notifications.Signing;

namespace Waybill.DeliveryWorker.Signing;

/// <summary>Signs deliveries with all active secrets of their owner.</summary>
public sealed class Signer(IOptionsMonitor<SigningOptions> options)
{
    /// <param name="timestamp">Seconds since 1970, as in the header.</param>
    /// <returns>One signature for each active secret, separated by spaces; null when the owner has none.</returns>
    public string? Sign(string owner, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        if (!options.CurrentValue.Owners.TryGetValue(owner, out var active))
        {
            return null;
        }

        var signatures = new List<string>();

        foreach (var secret in active.Secrets)
        {
            using var signature = new WebhookSignature(SigningSecret.Parse(secret)!, id, timestamp);
            signature.Append(body);
            signatures.Add(signature.Complete());
        }

        return string.Join(' ', signatures);
    }
}

internal static class SigningExtensions
{
    public static void AddSigning(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<SigningOptions>, SigningOptionsValidator>();
        builder.Services.AddOptions<SigningOptions>().BindConfiguration(SigningOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<Signer>();
    }
}
