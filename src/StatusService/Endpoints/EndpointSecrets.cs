using System.Security.Cryptography;
using System.Text;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.Signing;
using Waybill.Notifications.StatusApi.Endpoints;

namespace Waybill.StatusService.Endpoints;

/// <summary>Makes and opens the secrets of endpoints. Each is bound to its owner, tenant and endpoint, and opens nowhere else.</summary>
internal sealed class EndpointSecrets(Sealer sealer)
{
    private const int Bytes = 32;

    /// <summary>False: no key is configured, and there are no endpoints.</summary>
    public bool CanMake => sealer.CanSeal;

    /// <returns>The secret as receivers write it, and as it is stored.</returns>
    public (string Text, EndpointSecret Stored) New(EndpointKey key, DateTimeOffset now)
    {
        var secret = SigningSecret.Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        return (secret, new EndpointSecret(sealer.Seal(Encoding.ASCII.GetBytes(secret), key.Owner, key.Tenant, key.Id), now));
    }

    /// <summary>The newest one.</summary>
    /// <exception cref="SealException">It cannot be opened, or there is none.</exception>
    public string OpenNewest(EndpointRecord endpoint) => endpoint.Secrets is [var newest, ..] ? Open(endpoint, newest) : throw new SealException("The endpoint has no secret.");

    /// <exception cref="SealException">It cannot be opened.</exception>
    public string Open(EndpointRecord endpoint, EndpointSecret secret) =>
        Encoding.ASCII.GetString(sealer.Open(secret.Sealed, endpoint.Owner, endpoint.Tenant, endpoint.Id));
}
