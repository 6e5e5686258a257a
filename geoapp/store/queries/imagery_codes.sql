SELECT code FROM imagery_scenes ORDER BY code
