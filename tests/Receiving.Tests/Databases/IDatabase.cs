using Microsoft.EntityFrameworkCore;

namespace Waybill.Receiving.Tests.Databases;

/// <summary>A database that is there, empty, for one test.</summary>
internal interface IDatabase : IAsyncDisposable
{
    void Use(DbContextOptionsBuilder options);
}
