using Amazon.Runtime;

namespace Waybill.StatusService.Store.Table;

/// <summary>There are no credentials to sign a call with, just now or at all. Nothing was sent.</summary>
public sealed class CredentialsUnavailableException(string reason, Exception? inner = null) : AmazonClientException($"No AWS credentials: {reason}", inner);
