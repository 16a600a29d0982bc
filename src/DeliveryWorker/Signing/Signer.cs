using System.Text;
using Microsoft.Extensions.Options;
using Waybill.Notifications.Records;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.Signing;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Signing;

/// <summary>Signs deliveries: those of events with all valid secrets of their endpoint, which are opened here, others with all active secrets of their owner.</summary>
public sealed class Signer(IOptionsMonitor<SigningOptions> options, Sealer sealer)
{
    /// <param name="timestamp">Seconds since 1970, as in the header.</param>
    /// <returns>One signature for each secret, separated by spaces; null where the owner of what was posted to a URL has none.</returns>
    /// <exception cref="SealException">A secret of the endpoint cannot be opened, or there is none: what is for an endpoint is never unsigned.</exception>
    public string? Sign(ClaimResponse claim, long timestamp) => claim.Record.Event is { } happened
        ? Sign(SecretsOf(claim, happened), claim.Record.WebhookId, timestamp, claim.Request.Body)
        : Sign(claim.Record.Owner, claim.Record.WebhookId, timestamp, claim.Request.Body);

    /// <summary>With the owner's secrets.</summary>
    public string? Sign(string owner, string id, long timestamp, ReadOnlySpan<byte> body) =>
        options.CurrentValue.Owners.TryGetValue(owner, out var active) ? Sign(active.Secrets, id, timestamp, body) : null;

    private static string? Sign(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>();

        foreach (var secret in secrets)
        {
            using var signature = new WebhookSignature(SigningSecret.Parse(secret)!, id, timestamp);
            signature.Append(body);
            signatures.Add(signature.Complete());
        }

        return signatures.Count == 0 ? null : string.Join(' ', signatures);
    }

    private string[] SecretsOf(ClaimResponse claim, EventReference happened) => claim.Secrets is { Count: > 0 } secrets
        ? [.. secrets.Select(secret => Open(secret, claim.Record.Owner, happened))]
        : throw new SealException("The endpoint has no secret.");

    private string Open(SealedSecret secret, string owner, EventReference happened)
    {
        var text = Encoding.ASCII.GetString(sealer.Open(secret, owner, happened.Tenant, happened.EndpointId));
        return SigningSecret.Parse(text) is not null ? text : throw new SealException($"What was sealed with the key '{secret.KeyId}' is no secret.");
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
