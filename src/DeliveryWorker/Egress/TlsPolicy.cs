using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.DeliveryWorker.Egress;

internal static class TlsPolicy
{
    /// <summary>
    /// The system's trust, but nothing is downloaded: a receiver's certificate may name any URL for issuers and revocation
    /// lists, and the platform would fetch it past the guard. Receivers must send their intermediates, as TLS asks of them.
    /// </summary>
    public static SslClientAuthenticationOptions Create() => new()
    {
        CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
