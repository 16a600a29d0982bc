using Microsoft.AspNetCore.Http;

namespace Waybill.Receiving;

/// <summary>Which secrets a request may be signed with: <c>whsec_</c> and the base 64 of 24–64 bytes each.</summary>
public interface IWebhookSecrets
{
    /// <param name="context">By its route, host or headers a tenant is found. Nothing of it has been verified yet.</param>
    /// <returns>
    /// One, or two while one takes the other's place; none for a sender that is not known, which is answered as a wrong signature is. One that is no secret is an error of the
    /// receiver's, answered with 500.
    /// </returns>
    ValueTask<IReadOnlyList<string>> GetAsync(HttpContext context, CancellationToken cancellationToken);
}
