using Waybill.ServiceDefaults.Authentication;

namespace Waybill.StatusService.Page.Sessions;

/// <summary>Someone who has signed in to the page.</summary>
/// <param name="Key">The API key with which it was done, as it is configured now.</param>
/// <param name="CsrfToken">What a request that changes anything brings along: other sites cannot read it.</param>
internal sealed record Session(ApiKey Key, DateTimeOffset ExpiresAt, string CsrfToken);
