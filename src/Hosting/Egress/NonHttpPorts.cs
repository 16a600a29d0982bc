namespace Waybill.Hosting.Egress;

/// <summary>
/// Ports of well-known services that are not HTTP. Some of them act on lines that a request can carry (mail, Redis,
/// memcached), so a request to them is an attack more often than a mistake.
/// </summary>
internal static class NonHttpPorts
{
    public static readonly IReadOnlyList<int> Default =
    [
        .. Classic,
        .. Directory,
        .. Data,
    ];

    /// <summary>echo to printer: login, mail, names, time, news, file transfer.</summary>
    private static int[] Classic =>
    [
        1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 67, 68, 69, 79, 109, 110, 111, 113, 115, 117, 119, 123,
        135, 137, 138, 139, 143, 161, 162, 179, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601,
        873, 989, 990, 992, 993, 995,
    ];

    /// <summary>Kerberos, LDAP, SMB, remote desktop, NFS.</summary>
    private static int[] Directory => [88, 389, 445, 464, 636, 1099, 1194, 1723, 2049, 3268, 3269, 3389, 5060, 5061, 5900, 5901, 6000];

    /// <summary>Databases, caches, brokers, cluster stores.</summary>
    private static int[] Data =>
    [
        1433, 1434, 1521, 1883, 2181, 2375, 2376, 2379, 2380, 3306, 4369, 5432, 5671, 5672, 6379, 6380, 8883, 9042, 9092, 9300,
        10250, 11211, 27017, 27018, 27019, 50000, 61613, 61616,
    ];
}
